package outside;

import java.time.Instant;
import java.util.List;
import klokuur.*;

/** What Java sees: no `Companion`, and no need to say the defaults. */
public final class FromJava {
    private FromJava() {}

    public static String overview(Instant now) throws KlokuurException {
        Rulebook rules = Rulebook.bol();
        CaseBook book = new CaseBook(rules);
        book.applyAll(List.of(new CaseEvent("K-2", now, EventKind.OPENED)), null);
        CaseRow row = book.overview(now, 0, null, false).get(0);
        return row.getNumber() + " " + row.getDue() + " " + HolidayCalendar.netherlands().equals(HolidayCalendar.belgium());
    }
}

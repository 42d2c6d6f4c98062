package klokuur.sample

import java.time.Instant
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class SellerInboxTest {
    @Test
    fun `the inbox of a Monday morning`() {
        assertEquals(
            """
            Inbox of Mon 16 Mar 10:00
              K-1 Ali: due Fri 13 Mar 11:00, late by 23 h 0 min
              K-4 Bo: waiting for the customer
              K-2 Jan: due Mon 16 Mar 15:00, open for long, 5 h 0 min left
              K-3 Joëlle: due Tue 17 Mar 08:30, 22 h 30 min left
              K-5 Kim: due Tue 17 Mar 09:00, 23 h 0 min left
              ! K-1 is open for long: due Fri 13 Mar 11:00
              ! K-1 was not answered in time
              ! K-2 is open for long: due Mon 16 Mar 15:00
            Look again at Mon 16 Mar 15:00
            2026-W12: 0 of 0 in time; 9 more late answers are affordable: one beyond that makes this a bad week
            Standing: active, 1 strike, 4 more until offline
            """.trimIndent(),
            SellerInbox(SAMPLE_LOG).show(Instant.parse("2026-03-16T09:00:00Z")),
        )
    }
}

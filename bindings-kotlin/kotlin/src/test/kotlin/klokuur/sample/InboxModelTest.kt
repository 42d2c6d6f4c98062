package klokuur.sample

import java.time.Instant
import klokuur.CaseBook
import klokuur.CaseEvent
import klokuur.EventKind
import klokuur.Language
import klokuur.Rulebook
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

@OptIn(ExperimentalCoroutinesApi::class)
class InboxModelTest {
    @Test
    fun `an inbox over a weekend, without a screen`() = runTest {
        val start = Instant.parse("2026-03-13T14:00:00Z")
        val model = InboxModel(CaseBook(Rulebook.bol()), Language.DUTCH) { start.plusMillis(currentTime) }
        val timer = launch { model.run() }
        runCurrent()
        assertEquals(InboxState(), model.state.value)

        model.take(CaseEvent("K-1", start, EventKind.OPENED, customer = "Jan"))
        assertEquals(listOf("K-1"), model.state.value.rows.map { it.number })
        assertEquals(listOf("nieuwe klantvraag K-1 van een klant"), model.state.value.notices)

        model.take(CaseEvent("K-1", start, EventKind.REOPENED))
        assertEquals("dit kan nu niet met de klantvraag", model.state.value.problem)

        // Nobody asks again until Monday: the one timer of the book does.
        advanceTimeBy(4 * 86_400_000L)
        runCurrent()
        assertEquals(
            listOf(
                "nieuwe klantvraag K-1 van een klant",
                "klantvraag K-1 staat al lang open: de eerste reactie moet uiterlijk maandag 16 maart 2026 15:00",
                "klantvraag K-1 is te laat: de eerste reactie moest uiterlijk maandag 16 maart 2026 15:00",
            ),
            model.state.value.notices,
        )
        timer.cancel()
    }
}

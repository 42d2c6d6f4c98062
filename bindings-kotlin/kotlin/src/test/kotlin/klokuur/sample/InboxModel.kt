package klokuur.sample

import java.time.Duration
import java.time.Instant
import klokuur.CaseBook
import klokuur.CaseEvent
import klokuur.CaseRow
import klokuur.DomainEvent
import klokuur.KlokuurException
import klokuur.Language
import klokuur.sentence
import klokuur.taken
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.withTimeoutOrNull

/** What an inbox shows. The rows have a key that stays, their case number: `items(state.rows, key = { it.number })`. */
data class InboxState(
    val rows: List<CaseRow> = emptyList(),
    val notices: List<String> = emptyList(),
    val problem: String? = null,
)

/**
 * The view model of an inbox: Compose collects [state], and one timer serves the whole book. [run] belongs to the scope of
 * the screen, as `viewModelScope.launch { model.run() }`.
 */
class InboxModel(
    private val book: CaseBook,
    private val language: Language = Language.ENGLISH,
    private val now: () -> Instant = Instant::now,
) {
    private val shown = MutableStateFlow(InboxState())
    private val changed = Channel<Unit>(Channel.CONFLATED)

    val state: StateFlow<InboxState> = shown.asStateFlow()

    /** Shows what is, sleeps until time has something to tell or an event comes, and so on until it is cancelled. */
    suspend fun run() {
        while (true) {
            val now = now()
            tell(book.advance(now))
            val next = book.nextWakeUp(now)
            if (next == null) changed.receive()
            // A whole millisecond more, because timers count in those: waking too early would tell nothing.
            else withTimeoutOrNull(Duration.between(now, next).toMillis() + 1) { changed.receive() }
        }
    }

    /** One event, as the marketplace tells it; what the case cannot take is shown as a problem. */
    fun take(event: CaseEvent) {
        try {
            tell(book.apply(event).taken())
        } catch (refused: KlokuurException) {
            shown.update { it.copy(problem = refused.sentence(language)) }
        }
        changed.trySend(Unit)
    }

    private fun tell(told: List<DomainEvent>) {
        val rows = book.overview(now())
        val notices = told.map { book.sentence(it, language) }
        shown.update { InboxState(rows, it.notices + notices) }
    }
}

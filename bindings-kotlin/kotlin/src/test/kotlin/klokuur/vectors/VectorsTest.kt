package klokuur.vectors

import klokuur.KlokuurException
import klokuur.code
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.fail
import org.junit.jupiter.api.DynamicContainer
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory

/** Calls the library with what is `given`, and gives the answer in the shape of `expect`. */
typealias Operation = (com.google.gson.JsonObject) -> Any?

val OPERATIONS: Map<String, Operation> = listOf(
    accountOperations, calendarOperations, scheduleOperations, npsOperations, rulebookOperations, normOperations, ledgerOperations,
    caseOperations, fingerprintOperations, insightOperations, phoneOperations, exchangeOperations, messageOperations, slaOperations,
    ordersOperations, backtestOperations, logOperations, randomLogOperations, standardOperations, reportOperations,
).reduce { all, some ->
    check(all.keys.none { it in some }) { "two operations have one name" }
    all + some
}

class VectorsTest {
    @TestFactory
    fun vectors(): List<DynamicContainer> = readVectors().map { (area, cases) ->
        DynamicContainer.dynamicContainer(area, cases.map { DynamicTest.dynamicTest(it.name) { check(it) } })
    }

    private fun check(case: Case) {
        val operation = OPERATIONS[case.op] ?: return fail("no operation handles ${case.op}")
        val found = try {
            operation(case.given)
        } catch (refused: KlokuurException) {
            val error = case.error ?: throw refused
            assertEquals(error.text("code"), refused.code)
            error["message"]?.let { assertEquals(it.asString, refused.message) }
            return
        }
        case.error?.let { return fail("expected the error $it, found $found") }
        difference(case.expect!!, found)?.let { fail<Unit>(it) }
    }
}

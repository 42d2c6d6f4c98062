package klokuur.vectors

import com.google.gson.JsonParser
import klokuur.Language
import klokuur.PageBlock
import klokuur.PageTable
import klokuur.SellerPicture

private fun name(value: Enum<*>?) = value?.name?.lowercase()

private fun table(found: PageTable) = mapOf(
    "kind" to "table", "caption" to found.caption, "is_long" to found.isLong,
    "columns" to found.columns.map { mapOf("title" to it.title, "is_number" to it.isNumber, "is_case" to it.isCase) },
    "rows" to found.rows.map { row ->
        row.map { mapOf("text" to it.text, "beside" to it.beside, "mood" to name(it.mood)) }
    },
)

private fun block(found: PageBlock): Map<String, Any?> = when (found) {
    is PageBlock.Heading -> mapOf("kind" to "heading", "text" to found.text)
    is PageBlock.Text -> mapOf("kind" to "text", "text" to found.text, "mood" to name(found.mood))
    is PageBlock.Items -> mapOf("kind" to "list", "items" to found.items)
    is PageBlock.Cases -> mapOf("kind" to "cases", "title" to found.title, "cases" to found.cases)
    is PageBlock.Table -> table(found.table)
    is PageBlock.Figure -> mapOf("kind" to "figure", "figure" to name(found.figure), "caption" to found.caption)
}

/** The page with its sections by their names. */
private fun page(picture: SellerPicture, language: Language): Map<String, Any?> {
    val found = picture.page(language)
    check(picture.text(language).startsWith("${found.title}\n${found.subtitle}\n"))
    return mapOf(
        "language" to name(found.language), "title" to found.title, "subtitle" to found.subtitle, "notes" to found.notes,
        "cards" to found.cards.map {
            mapOf(
                "label" to it.label, "figure" to it.figure, "beside" to it.beside, "section" to name(it.section),
                "mood" to name(it.mood),
            )
        },
        "sections" to found.sections.associate { section ->
            name(section.name) to mapOf(
                "name" to name(section.name), "title" to section.title, "blocks" to section.blocks.map(::block),
            )
        },
    )
}

internal val reportOperations: Map<String, Operation> = mapOf(
    "picture" to { given ->
        val picture = SellerPicture.ofJson(given["data"].toString(), rules("bol"), given.at("now"))
        mapOf(
            "picture" to JsonParser.parseString(picture.json()), "english" to page(picture, Language.ENGLISH),
            "dutch" to page(picture, Language.DUTCH),
        )
    },
)

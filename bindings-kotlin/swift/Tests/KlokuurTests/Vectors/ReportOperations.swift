import Foundation

@testable import Klokuur

private func cell(_ found: PageCell) -> Json {
    .object(["text": .of(found.text), "beside": .of(found.beside), "mood": .named(found.mood)])
}

private func block(_ found: PageBlock) -> Json {
    switch found {
    case .heading(let text): return .object(["kind": .string("heading"), "text": .of(text)])
    case .text(let text, let mood):
        return .object(["kind": .string("text"), "text": .of(text), "mood": .named(mood)])
    case .items(let items): return .object(["kind": .string("list"), "items": .array(items.map { .of($0) })])
    case .cases(let title, let cases):
        return .object([
            "kind": .string("cases"), "title": .of(title), "cases": .array(cases.map { .of($0) }),
        ])
    case .table(let table):
        let columns: [Json] = table.columns.map {
            .object(["title": .of($0.title), "is_number": .of($0.isNumber), "is_case": .of($0.isCase)])
        }
        let rows: [Json] = table.rows.map { .array($0.map(cell)) }
        return .object([
            "kind": .string("table"), "caption": .of(table.caption), "is_long": .of(table.isLong),
            "columns": .array(columns), "rows": .array(rows),
        ])
    case .figure(let figure, let caption):
        return .object(["kind": .string("figure"), "figure": .named(figure), "caption": .of(caption)])
    }
}

private func section(_ found: PageSection) -> (String, Json) {
    let name = Json.named(found.name)
    let blocks: [Json] = found.blocks.map(block)
    return (name.stringOrNil ?? "", .object(["name": name, "title": .of(found.title), "blocks": .array(blocks)]))
}

/// The page with its sections by their names.
private func page(_ picture: SellerPicture, _ language: Language) throws -> Json {
    let found = picture.page(language: language)
    let text = try picture.text(language: language)
    guard text.hasPrefix("\(found.title)\n\(found.subtitle)\n") else { throw Unreadable(what: "the text is not the page") }
    let cards: [Json] = found.cards.map {
        .object([
            "label": .of($0.label), "figure": .of($0.figure), "beside": .of($0.beside), "section": .named($0.section),
            "mood": .named($0.mood),
        ])
    }
    let notes: [Json] = found.notes.map { .of($0) }
    return .object([
        "language": .named(found.language), "title": .of(found.title), "subtitle": .of(found.subtitle),
        "notes": .array(notes), "cards": .array(cards),
        "sections": .object(Dictionary(uniqueKeysWithValues: found.sections.map(section))),
    ])
}

let reportOperations: [String: Operation] = [
    "picture": { given in
        let picture = try SellerPicture.ofJson(data: given["data"].text, rules: rules("bol"), now: given["now"].at)
        return .object([
            "picture": try Json(text: picture.json()), "english": try page(picture, .english),
            "dutch": try page(picture, .dutch),
        ])
    }
]

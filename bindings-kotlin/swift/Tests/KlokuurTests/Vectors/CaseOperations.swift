import Foundation

@testable import Klokuur

private func event(_ json: Json) throws -> CaseEvent {
    CaseEvent(
        case: try json["case"].string, at: try json["at"].at, event: try json["event"].named(),
        id: json["id"].stringOrNil, origin: try json["origin"].namedOrNil(), kind: try json["kind"].namedOrNil(),
        order: json["order"].stringOrNil, orderedAt: json.has("ordered_at") ? try json["ordered_at"].at : nil,
        customer: json["customer"].stringOrNil, subject: json["subject"].stringOrNil, item: json["item"].stringOrNil,
        defect: json["defect"].stringOrNil, agent: json["agent"].stringOrNil, priority: json["priority"].stringOrNil,
        shippingMethod: try json["shipping_method"].namedOrNil(), text: json["text"].stringOrNil, automatic: json["automatic"].boolOrNil,
        until: json.has("until") ? try json["until"].at : nil, by: try json["by"].namedOrNil(),
        explanation: json["explanation"].stringOrNil, result: json["result"].stringOrNil,
        scores: json.has("scores") ? try json["scores"].keys.mapValues { Int32(try $0.int) } : nil,
        corrects: json["corrects"].stringOrNil, rightEvent: try json["right_event"].namedOrNil(),
        rightAt: json.has("right_at") ? try json["right_at"].at : nil)
}

func caseEvents(_ given: Json) throws -> [CaseEvent] { try given["events"].items.map(event) }

/// The book under bol's rules after all events.
private func book(_ given: Json) throws -> CaseBook {
    let book = try CaseBook(rules: rules("bol"))
    _ = try book.applyAll(events: caseEvents(given))
    return book
}

func answer(_ amount: Amount?) -> Json {
    switch amount {
    case nil: .null
    case .business(let duration):
        .object(["basis": .of("business"), "nanoseconds": .int(nanoseconds(duration))])
    case .elapsed(let duration): .object(["basis": .of("elapsed"), "nanoseconds": .int(nanoseconds(duration))])
    }
}

private func answer(_ refused: [Refusal]) -> Json {
    .array(refused.map { .object(["code": .of($0.code), "message": .of($0.message)]) })
}

private func utc(_ at: Instant?) -> Json { at.map { .instant($0, nil) } ?? .null }

private func answer(_ event: DomainEvent) -> Json {
    let what: [String: Json] =
        switch event.what {
        case .opened(let origin): ["kind": .of("opened"), "origin": .named(origin)]
        case .forwarded: ["kind": .of("forwarded")]
        case .warned(let clock, let due): ["kind": .of("warned"), "clock": .named(clock), "due": utc(due)]
        case .breached(let clock): ["kind": .of("breached"), "clock": .named(clock)]
        case .answered(let clock, let inTime):
            ["kind": .of("answered"), "clock": .named(clock), "in_time": .of(inTime)]
        case .followUpDue: ["kind": .of("follow_up_due")]
        case .returnedToMarketplace: ["kind": .of("returned_to_marketplace")]
        case .lapsed: ["kind": .of("lapsed")]
        case .closed(let by): ["kind": .of("closed"), "by": .named(by)]
        case .reopened: ["kind": .of("reopened")]
        case .surveyDue: ["kind": .of("survey_due")]
        }
    return .object([
        "case": .of(event.case), "at": utc(event.at), "retracted": .of(event.retracted), "what": .object(what),
    ])
}

private func became(_ outcome: String, _ told: [DomainEvent] = [], error: Refusal? = nil) -> Json {
    .object([
        "outcome": .of(outcome), "told": .array(told.map(answer)), "error": error.map { answer([$0]) } ?? .null,
    ])
}

private func said(_ book: CaseBook, _ told: [DomainEvent]) throws -> [String: Json] {
    [
        "english": .array(try told.map { .of(try book.sentence(event: $0, language: .english)) }),
        "dutch": .array(try told.map { .of(try book.sentence(event: $0, language: .dutch)) }),
    ]
}

private func answer(_ rows: [CaseRow], _ zone: TimeZone?) -> Json {
    func shown(_ at: Instant?) -> Json { at.map { .instant($0, zone) } ?? .null }
    return .array(
        rows.map { row in
            .object([
                "number": .of(row.number), "order": .of(row.order), "customer": .of(row.customer),
                "subject": .of(row.subject), "item": .of(row.item), "defect": .of(row.defect),
                "agent": .of(row.agent), "priority": .of(row.priority), "shipping_method": .named(row.shippingMethod),
                "kind": .named(row.kind), "origin": .named(row.origin), "status": .named(row.status),
                "opened_at": shown(row.openedAt), "closed_at": shown(row.closedAt), "clock": .named(row.clock),
                "state": .named(row.state), "due": shown(row.due), "elapsed": answer(row.elapsed),
                "remaining": answer(row.remaining), "late": answer(row.late), "is_open_long": .of(row.isOpenLong),
                "goes_back_at": shown(row.goesBackAt), "follow_up_at": shown(row.followUpAt),
                "customer_messages": .of(row.customerMessages), "seller_messages": .of(row.sellerMessages),
                "why": .of(row.why?.english),
            ])
        })
}

private func answer(_ outcome: CaseOutcome) -> Json {
    .object([
        "case": .of(outcome.case), "kind": .named(outcome.kind), "origin": .named(outcome.origin),
        "status": .named(outcome.status), "opened": utc(outcome.opened), "is_measured": .of(outcome.isMeasured),
        "due": utc(outcome.due), "answered": utc(outcome.answered), "verdict": .named(outcome.verdict),
        "elapsed": answer(outcome.elapsed), "closed": utc(outcome.closed), "closed_by": .named(outcome.closedBy),
        "handling": answer(outcome.handling), "follow_ups": .of(outcome.followUps),
        "follow_ups_late": .of(outcome.followUpsLate), "was_forwarded": .of(outcome.wasForwarded),
        "was_returned": .of(outcome.wasReturned), "order": .of(outcome.order), "customer": .of(outcome.customer),
        "subject": .of(outcome.subject), "item": .of(outcome.item), "defect": .of(outcome.defect),
        "agent": .of(outcome.agent), "priority": .of(outcome.priority), "shipping_method": .named(outcome.shippingMethod),
        "handled": utc(outcome.handled), "result": .of(outcome.result), "phone_contacts": .of(outcome.phoneContacts),
        "scores": outcome.scores.map { .object($0.mapValues { .of($0) }) } ?? .null,
        "surveys": .array(
            outcome.surveys.map {
                .object(["at": utc($0.at), "scores": .object($0.scores.mapValues { .of($0) })])
            }),
    ])
}

let caseOperations: [String: Operation] = [
    "case_apply": { given in
        let book = try CaseBook(rules: rules("bol"))
        for event in try caseEvents(given) { _ = try book.apply(event: event).taken() }
        return .object(["cases": .int(book.size())])
    },
    "case_applied": { given in
        let book = try CaseBook(rules: rules("bol"))
        let applied = try caseEvents(given).map { event in
            do {
                switch try book.apply(event: event, now: given["now"].at) {
                case .taken(let happened): return became("taken", happened)
                case .knownAlready: return became("known_already")
                case .keptAside(let refusal): return became("kept_aside", error: refusal)
                }
            } catch let notKept as KlokuurError {
                return became("not_kept", error: Refusal(code: notKept.code, message: notKept.message))
            }
        }
        return .object(["applied": .array(applied), "kept": .int(Int64(book.events().count))])
    },
    "case_told": { given in
        let book = try CaseBook(rules: rules("bol"))
        let applied = try book.applyAll(events: caseEvents(given))
        let told = applied.happened + (try book.advance(now: given["now"].at))
        return .object(["told": .array(told.map(answer)), "refused": answer(applied.keptAside + applied.notKept)])
    },
    "case_coming": { given in
        let book = try book(given)
        _ = try book.advance(now: given["now"].at)
        let coming = try book.coming(until: given["until"].at)
        return .object(try said(book, coming).merging(["coming": .array(coming.map(answer))]) { $1 })
    },
    "case_sentences": { given in
        let book = try CaseBook(rules: rules("bol"))
        let applied = try book.applyAll(events: caseEvents(given))
        return .object(try said(book, applied.happened + book.advance(now: given["now"].at)))
    },
    "case_overview": { given in
        let (book, now) = (try book(given), try given["now"].at)
        let zone = book.schedule().timeZone
        return .object([
            "open": answer(try book.overview(now: now, explained: true), zone),
            "with_marketplace": answer(try book.withMarketplace(now: now, explained: true), zone),
            "completed": answer(try book.completed(now: now, explained: true), zone),
        ])
    },
    "case_find": { given in
        let found = try book(given).find(text: given["text"].string, now: given["now"].at)
        return .object(["numbers": .array(found.map { .of($0.number) })])
    },
    "case_next_wake_up": { given in .object(["at": utc(try book(given).nextWakeUp(now: given["now"].at))]) },
    "case_outcomes": { given in
        let found = try evaluateCases(events: caseEvents(given), rules: rules("bol"), now: given["now"].at)
        return .object(["outcomes": .array(found.outcomes.map(answer)), "refused": answer(found.refused)])
    },
    "case_erased": { given in
        let (book, now) = (try book(given), try given["now"].at)
        let zone = book.schedule().timeZone
        _ = try book.advance(now: now)
        let erased: Json =
            if let name = given["customer"].stringOrNil {
                .array(try book.eraseCustomer(name: name).map { .of($0) })
            } else {
                .of(try book.eraseCase(number: given["number"].string))
            }
        return .object([
            "erased": erased, "events": try Json(text: book.saved())["events"],
            "open": answer(try book.overview(now: now, explained: true), zone),
            "completed": answer(try book.completed(now: now, explained: true), zone),
            "refused": answer(book.refused()), "told_again": .array(try book.advance(now: now).map(answer)),
        ])
    },
    "case_journal": { given in
        let (book, events) = (try CaseBook(rules: rules("bol")), try caseEvents(given))
        let savedAfter = try given["saved_after"].items.map { try $0.int }
        var written: [String] = []
        var position: Int64 = 0
        for (place, event) in events.enumerated() {
            _ = try book.apply(event: event)
            if let name = given["customer"].stringOrNil, place + 1 == events.count {
                _ = try book.eraseCustomer(name: name)
            }
            if savedAfter.contains(Int64(place + 1)) {
                let part = try book.savedSince(position: position)
                position = part.position
                written.append(part.text)
            }
        }
        let lines = given.has("lines") ? try given["lines"].items.map { written[Int(try $0.int)] } : written
        let restored = try CaseBook.restored(rules: rules("bol"), saved: lines.joined(separator: "\n"))
        // Through its bytes too: a snapshot of what was restored is the same book.
        let again = try CaseBook.ofSnapshot(rules: rules("bol"), snapshot: restored.snapshot())
        return .object([
            "lines": .array(
                try written.map { line in
                    let line = try Json(text: line)
                    return .object([
                        "since": line["since"], "position": line["position"], "events": .int(Int64(try line["events"].items.count)),
                    ])
                }),
            "position": .int(again.position()),
            "open": answer(try again.overview(now: given["now"].at, explained: true), again.schedule().timeZone),
        ])
    },
    "case_archive": { given in
        let (book, now) = (try book(given), try given["now"].at)
        _ = try book.advance(now: now)
        let (archive, zone) = (try book.archive(closedBefore: given["closed_before"].at), book.schedule().timeZone)
        var refused: [KlokuurError] = []
        func attempt(_ call: () throws -> Void) throws {
            do { try call() } catch let error as KlokuurError { refused.append(error) }
        }
        for number in given.has("recall") ? try given["recall"].items : [] {
            try attempt { try book.recall(number: number.string, archive: archive) }
        }
        if let journal = given["journal"].stringOrNil { try attempt { try book.catchUp(journal: journal) } }
        var cases: [String] = []
        for event in try caseEvents(given) where !cases.contains(event.case) { cases.append(event.case) }
        return .object([
            "archived": .array(cases.filter { book.isArchived(number: $0) }.map { .of($0) }),
            "archived_len": .int(book.archivedSize()),
            "archive": answer(try archive.completed(now: now, explained: true), zone),
            "refused": .array(refused.map { .object(["code": .of($0.code), "message": .of($0.message)]) }),
            "events": .int(Int64(book.events().count)), "position": .int(book.position()),
            "open": answer(try book.overview(now: now, explained: true), zone),
            "completed": answer(try book.completed(now: now, explained: true), zone),
            "weeks": .array(try book.responseWeeks(now: now).map { .object(answer($0)) }),
        ])
    },
    "case_response_weeks": { given in
        let weeks = try book(given).responseWeeks(now: given["now"].at)
        return .object([
            "weeks": .array(weeks.map { .object(answer($0)) })
        ])
    },
]

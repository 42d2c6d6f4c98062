@testable import Klokuur

private func policy(_ given: Json) throws -> MailPolicy {
    let json = given["policy"]
    func texts(_ key: String) throws -> [String]? { json.has(key) ? try json[key].items.map { try $0.string } : nil }
    let bounds = json["bounds"]
    return MailPolicy(
        ownDomains: try texts("own_domains"), replyDomains: try texts("reply_domains"),
        styleProperties: try texts("style_properties"), withinYears: json["within_years"].intOrNil,
        bounds: json.has("bounds")
            ? MailBounds(
                bytes: bounds["bytes"].intOrNil, depth: bounds["depth"].intOrNil,
                openFormatting: bounds["open_formatting"].intOrNil, attributes: bounds["attributes"].intOrNil) : nil)
}

let messageOperations: [String: Operation] = [
    "clean_html": { given in
        let mail = try cleanHtml(html: given["html"].string, policy: policy(given))
        let removed = mail.removed.map {
            Json.object(["kind": .named($0.kind), "what": .of($0.what), "count": .of($0.count)])
        }
        return .object([
            "html": .of(mail.html), "removed": .array(removed),
            "plain_text": .named(mail.plainText),
        ])
    },
    "may_mail": { given in
        let (ordered, policy) = (try given["ordered"].date, try policy(given))
        return .object([
            "allowed": .of(try mayMail(ordered: ordered, on: given["today"].date, policy: policy)),
            "last": .of(try lastMailDate(ordered: ordered, policy: policy)),
        ])
    },
    "is_reply_address": { given in
        .object(["reply": .of(try isReplyAddress(address: given["address"].string, policy: policy(given)))])
    },
]

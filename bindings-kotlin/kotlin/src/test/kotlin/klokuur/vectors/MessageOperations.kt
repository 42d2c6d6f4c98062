package klokuur.vectors

import com.google.gson.JsonObject
import klokuur.MailBounds
import klokuur.MailPolicy
import klokuur.cleanHtml
import klokuur.isReplyAddress
import klokuur.lastMailDate
import klokuur.mayMail

private val JsonObject.policy: MailPolicy
    get() = this["policy"]?.asJsonObject.let { given ->
        fun texts(key: String) = given?.get(key)?.asJsonArray?.map { it.asString }
        MailPolicy(
            texts("own_domains"), texts("reply_domains"), texts("style_properties"), given?.get("within_years")?.asLong,
            given?.get("bounds")?.asJsonObject?.let { bounds ->
                fun bound(key: String) = bounds[key]?.asLong
                MailBounds(bound("bytes"), bound("depth"), bound("open_formatting"), bound("attributes"))
            },
        )
    }

internal val messageOperations: Map<String, Operation> = mapOf(
    "clean_html" to { given ->
        cleanHtml(given.text("html"), given.policy).let { mail ->
            val removed = mail.removed.map { mapOf("kind" to it.kind.name.lowercase(), "what" to it.what, "count" to it.count) }
            mapOf("html" to mail.html, "removed" to removed, "plain_text" to mail.plainText?.name?.lowercase())
        }
    },
    "may_mail" to { given ->
        mapOf(
            "allowed" to mayMail(given.date("ordered"), given.date("today"), given.policy),
            "last" to lastMailDate(given.date("ordered"), given.policy),
        )
    },
    "is_reply_address" to { mapOf("reply" to isReplyAddress(it.text("address"), it.policy)) },
)

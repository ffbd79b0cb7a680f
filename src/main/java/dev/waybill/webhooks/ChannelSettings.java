package dev.waybill.webhooks;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a channel as they are received, stored and returned. Which ones there are depends on its kind;
 * clients tell kinds apart by them, so those of other kinds are always left out.
 */
@Schema(
        name = "WebhookChannelConfigs",
        description = "The settings of a channel: `url`, `headers`, `payload_template` and `timeout` for a webhook;"
                + " `webhook_url`, `channel`, `username`, `icon_emoji`, `icon_url` and `blocks_template` for Slack;"
                + " `to_addresses`, `cc_addresses`, `bcc_addresses`, `subject_template`, `body_template` and"
                + " `content_type` for email.",
        example = "{\"url\": \"https://hooks.example.com/waybill\", \"timeout\": 10.0}")
public record ChannelSettings(
        @Schema(
                description = "Webhook, required: where events are posted to; https:// is advised.",
                example = "https://hooks.example.com/waybill")
        @Nullable
        String url,

        @Schema(
                description =
                        "Webhook: headers to send with each event. Those of HTTP itself, Content-Type and webhook-*"
                                + " are Waybill's own.",
                example = "{\"X-Tenant\": \"acme\"}")
        @Nullable
        Map<String, @Nullable String> headers,

        @Schema(
                description = "Webhook: what to post instead of the event. In its texts, `{{event_id}}`,"
                        + " `{{event_type}}`, `{{occurred_at}}`, `{{namespace_id}}`, `{{subject.id}}`,"
                        + " `{{metadata.bucket_id}}` and the like stand for the event's values.",
                example = "{\"text\": \"{{event_type}}: {{subject.id}}\"}")
        @Nullable
        Map<String, Object> payloadTemplate,

        @Schema(
                description = "Webhook: seconds within which the whole answer must come, 0.1 to 30. Default 10.",
                example = "10.0")
        @Nullable
        Double timeout,

        @Schema(
                description = "Slack, required: the incoming webhook's address.",
                example = "https://hooks.slack.com/services/T000/B000/XXXX")
        @Nullable
        String webhookUrl,

        @Schema(description = "Slack: another channel than the webhook's own.", example = "#uploads") @Nullable
        String channel,

        @Schema(description = "Slack: the name of the sender.", example = "Waybill") @Nullable
        String username,

        @Schema(description = "Slack: the emoji of the sender.", example = ":package:") @Nullable
        String iconEmoji,

        @Schema(description = "Slack: the picture of the sender.", example = "https://example.com/icon.png") @Nullable
        String iconUrl,

        @Schema(
                description =
                        "Slack: JSON of the message's blocks, with the same placeholders as" + " `payload_template`.",
                example = "[{\"type\": \"section\", \"text\": {\"type\": \"mrkdwn\", \"text\": \"{{event_type}}\"}}]")
        @Nullable
        String blocksTemplate,

        @Schema(description = "Email, required: who gets it.", example = "[\"ops@example.com\"]") @Nullable
        List<@Nullable String> toAddresses,

        @Schema(description = "Email: the subject, with placeholders.", example = "Waybill: {{event_type}}") @Nullable
        String subjectTemplate,

        @Schema(description = "Email: the text, with placeholders.", example = "{{subject.id}} at {{occurred_at}}")
        @Nullable
        String bodyTemplate,

        @Schema(
                description = "Email: what the text is. Default `html`: values are escaped then.",
                allowableValues = {"plain_text", "html", "markdown", "json"},
                example = "html")
        @Nullable
        String contentType,

        @Schema(description = "Email: who gets a copy.", example = "[\"lead@example.com\"]") @Nullable
        List<@Nullable String> ccAddresses,

        @Schema(description = "Email: who gets a copy that the others do not see.", example = "[\"log@example.com\"]")
        @Nullable
        List<@Nullable String> bccAddresses) {

    /** Seconds that an endpoint has for its answer, unless its settings say otherwise. */
    public static final double DEFAULT_TIMEOUT = 10.0;

    /** Header values and addresses may hold secrets. */
    @Override
    public String toString() {
        return "ChannelSettings[...]";
    }
}

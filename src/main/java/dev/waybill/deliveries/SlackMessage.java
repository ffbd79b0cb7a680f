package dev.waybill.deliveries;

import dev.waybill.webhooks.ChannelSettings;
import dev.waybill.webhooks.EventJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event in the format of Slack's incoming webhooks. */
final class SlackMessage {

    private static final String TEXT = "{{event_type}}: {{subject.type}} `{{subject.id}}`";

    private SlackMessage() {}

    static Map<String, Object> of(ChannelSettings settings, Map<String, Object> event) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("text", Template.text(TEXT, event, SlackMessage::escaped));
        put(message, "channel", settings.channel());
        put(message, "username", settings.username());
        put(message, "icon_emoji", settings.iconEmoji());
        put(message, "icon_url", settings.iconUrl());
        String blocks = settings.blocksTemplate();
        if (blocks != null && EventJson.readAny(blocks) instanceof Object template) {
            put(message, "blocks", Template.json(template, event));
        }
        return message;
    }

    private static void put(Map<String, Object> message, String name, @Nullable Object value) {
        if (value != null) {
            message.put(name, value);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}

package dev.waybill.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.webhooks.ChannelSettings;
import dev.waybill.webhooks.EventJson;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTests {

    private static final Map<String, Object> EVENT = Map.of(
            "event_id", "evt_1",
            "subject", Map.of("type", "object", "id", "obj_1"),
            "metadata", Map.of("count", 3, "name", "a \"b\" $1 \\"));

    @Test
    void valuesTakeThePlaceOfPlaceholdersInTexts() {
        assertThat(Template.text("{{event_id}}: {{ subject.id }}, {{metadata.count}}", EVENT, text -> text))
                .isEqualTo("evt_1: obj_1, 3");
        assertThat(Template.text("{{metadata.name}}", EVENT, text -> text)).isEqualTo("a \"b\" $1 \\");
        assertThat(Template.text("[{{nothing}}{{metadata.count.deeper}}]", EVENT, text -> text))
                .isEqualTo("[]");
        assertThat(Template.text("{{no end", EVENT, text -> text)).isEqualTo("{{no end");
        assertThat(Template.text("{{event_id}}", EVENT, text -> "<" + text + ">"))
                .isEqualTo("<evt_1>");
    }

    @Test
    void aTextThatIsOnePlaceholderBecomesTheValueItself() {
        Object filled = Template.json(
                Map.of("n", "{{metadata.count}}", "list", List.of("{{subject}}", "x {{event_id}}"), "keep", 7), EVENT);

        assertThat(filled)
                .isEqualTo(
                        Map.of("n", 3, "list", List.of(Map.of("type", "object", "id", "obj_1"), "x evt_1"), "keep", 7));
    }

    @Test
    void slacksMessageHasTheEventInWordsAndInBlocks() {
        ChannelSettings settings = new ChannelSettings(
                null,
                null,
                null,
                null,
                "https://hooks.slack.com/x",
                "#ops",
                null,
                ":box:",
                null,
                "[{\"type\": \"section\", \"text\": {\"type\": \"plain_text\", \"text\": \"{{metadata.name}}\"}}]",
                null,
                null,
                null,
                null,
                null,
                null);

        Map<String, Object> message = SlackMessage.of(settings, EVENT);

        assertThat(message)
                .containsEntry("channel", "#ops")
                .containsEntry("icon_emoji", ":box:")
                .doesNotContainKey("username");
        assertThat(EventJson.write(message)).contains("a \\\"b\\\" $1 \\\\").contains("obj_1");
    }
}

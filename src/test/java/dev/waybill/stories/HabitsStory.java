package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import dev.waybill.testing.Workspace;
import java.util.Map;

/** Base class of tests of clients' habits: a shop with a field of each kind that they write. */
abstract class HabitsStory extends ObjectStory {

    static Workspace shop() {
        return Workspace.create(
                SERVICE.client(),
                Map.of(
                        "hero_image", Map.of("type", "image"),
                        "words", Map.of("type", "text"),
                        "taken", Map.of("type", "datetime"),
                        "count", Map.of("type", "integer")));
    }

    static Answer made(Workspace shop, Map<String, ?> metadata) {
        Answer made = create(shop, Map.of("metadata", metadata));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return made;
    }
}

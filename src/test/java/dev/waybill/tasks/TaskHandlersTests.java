package dev.waybill.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TaskHandlersTests {

    private final TaskHandler one = Handlers.named("one", run -> TaskOutcome.completed());

    @Test
    void handlersAreFoundByName() {
        TaskHandlers handlers = new TaskHandlers(() -> List.of(one));

        assertThat(handlers.find("one")).contains(one);
        assertThat(handlers.find("two")).isEmpty();
        assertThat(handlers.names()).containsExactly("one");
    }

    @Test
    void twoOfOneNameAreRefusedAtStartUp() {
        TaskHandlers handlers = new TaskHandlers(() -> List.of(one, Handlers.named("one", run -> null)));

        assertThatThrownBy(handlers::afterSingletonsInstantiated).hasMessageContaining("'one'");
    }
}

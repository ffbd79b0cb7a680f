package dev.waybill.syncs.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.ScriptedSource.Call;
import dev.waybill.tasks.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The page size shrinks for a while when a source cannot list many files at once. */
@Order(4)
class SyncPageSizeTests extends SyncBench {

    private static final int FILES = 1_300;

    @Test
    void pagesAreSmallerAfterOneThatBrokeOffAndGrowAgain() {
        SyncEntity listed = sync(new With(source).filters(Map.of("exclude_patterns", List.of("*"))));
        putMany("a", FILES);
        script.on(Call.LIST).once().fails(Diagnosis.NETWORK);

        SyncRunEntity first = run(listed);
        SyncRunEntity second = run(listed);

        assertThat(first.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(first.listing().listed()).isEqualTo(FILES);
        assertThat(first.listing().pages()).as("of 250, 350, 450 and the rest").isEqualTo(4);
        assertThat(second.listing().pages()).as("of 1000 and the rest").isEqualTo(2);
    }

    @Test
    void throttlingDoesNotShrinkPages() {
        SyncEntity listed = sync(new With(source).filters(Map.of("exclude_patterns", List.of("*"))));
        putMany("a", FILES);
        script.on(Call.LIST).once().throttles(Duration.ofMillis(1));

        assertThat(run(listed).listing().pages()).isEqualTo(2);
    }
}

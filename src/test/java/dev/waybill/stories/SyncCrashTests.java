package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.CrashStory;
import dev.waybill.testing.CrashableService;
import dev.waybill.testing.Soak;
import dev.waybill.testing.SyntheticS3;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** Whoever makes a run dies between any two of its steps: another one goes on, nothing is lost and nothing is there twice. */
@ResourceLock(CrashStory.EAGER)
class SyncCrashTests extends CrashStory {

    private static final int FILES = 40;
    private static final int STEPS = 3;
    private static final int ROUNDS = Soak.count(1, 10);

    SyncCrashTests() {
        super(EAGER);
    }

    @Test
    void whereverItDiesTheRunEndsAsIfNothingHadBeen() {
        List<String> steps = stepsOf(this::whole).stream()
                .filter(step -> step.startsWith("sync."))
                .toList();
        assertThat(steps).hasSizeGreaterThan(5);
        List<String> failures = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (String step : Soak.share(steps, STEPS)) {
                try {
                    dieAt(step);
                } catch (RuntimeException | AssertionError failed) {
                    failures.add("killed at %s: %s".formatted(step, failed));
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    private void whole(CrashableService living) {
        try (SyntheticS3 source = SyntheticS3.start(FILES, 500)) {
            SyncStory story = create(source);
            survivor().takeNoTasks();
            assertEnded(story, story.trigger(), source);
        }
    }

    private void dieAt(String step) {
        try (SyntheticS3 source = SyntheticS3.start(FILES, 500);
                CrashableService doomed = dyingAt(step)) {
            SyncStory story = create(source);
            String run = story.trigger();
            doomed.awaitDeath();

            anotherGoesOn();
            assertEnded(story, run, source);
            survivor().takeNoTasks();
        }
    }

    private SyncStory create(SyntheticS3 source) {
        return SyncStory.create(survivor().client(), source, Map.of("polling_interval_seconds", 900));
    }

    private void assertEnded(SyncStory story, String run, SyntheticS3 source) {
        JsonNode ended = story.ended(run);
        assertThat(ended.at("/status").asString()).as(ended.toString()).isEqualTo("COMPLETED");
        assertThat(ended.at("/counts/created").asInt()).as(ended.toString()).isEqualTo(FILES);
        story.assertHolds(source, FILES);
        assertThat(story.ledger()).isEqualTo(Map.of("SYNCED", FILES));
        assertThat(story.totals()).containsExactly((long) FILES, (long) FILES, 0L);
        assertNothingLostOrLeft(story.workspace(), FILES);
    }
}

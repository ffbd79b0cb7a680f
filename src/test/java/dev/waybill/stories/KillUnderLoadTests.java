package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.CrashStory;
import dev.waybill.testing.CrashableService;
import dev.waybill.testing.Soak;
import dev.waybill.testing.Workspace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * One of two instances under load is killed between every two steps that it reaches: no event is untrue or
 * missing, and nothing is left orphaned.
 */
@ResourceLock(CrashStory.EAGER)
class KillUnderLoadTests extends TwoInstancesStory {

    private static final int ROUNDS = Soak.count(1, 10);
    private static final int STEPS = 2;

    @Test
    void whereverOneIsKilledNoEventIsUntrueOrMissing() {
        survivor().takeTasks();
        List<String> steps = stepsOf(this::work);
        // The steps of a single confirm and its follow-up.
        assertThat(steps).hasSizeGreaterThan(10).contains("object.row-inserted");
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

    /** Once through everything that clients do, with an instance that lives. */
    private void work(CrashableService instance) {
        Workspace here = Workspace.create(client(survivor().client()));
        EventAudit audit = audit(here);
        Load load = Load.start(here, here.through(client(instance.client())), audit);
        load.awaitTurns(3);
        load.finish();
        aMinutePasses();
        assertAllIsTrue(audit, here);
    }

    private void dieAt(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace here = Workspace.create(client(survivor().client()));
            EventAudit audit = audit(here);
            Load load = Load.start(here, here.through(client(doomed.client())), audit);
            doomed.awaitDeath();
            load.finish();
            aMinutePasses();
            assertAllIsTrue(audit, here);
        }
    }
}

package dev.waybill.testing;

import dev.waybill.platform.errors.FaultPoints;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Halts a process at a fault point, as by kill -9: with {@code WAYBILL_HALT_AT=confirm.verified} in its environment it
 * runs no periodic jobs and ends as soon as that step is reached; no shutdown hook runs, nothing is flushed.
 */
public final class HaltAt implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    static final String VARIABLE = "WAYBILL_HALT_AT";

    /** What the shell reports for a process that was killed with -9. */
    static final int EXIT_CODE = 137;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        String where = context.getEnvironment().getProperty(VARIABLE);
        if (where == null || where.isBlank()) {
            return;
        }
        FaultPoints halting = step -> {
            if (step.equals(where)) {
                Runtime.getRuntime().halt(EXIT_CODE);
            }
        };
        context.getBeanFactory().registerSingleton("haltAt", halting);
        CrashableService.runNoPeriodicJobs(context);
    }
}

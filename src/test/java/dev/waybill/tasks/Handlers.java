package dev.waybill.tasks;

/** Handlers for tests. */
final class Handlers {

    /** What a handler does, without its name. */
    @FunctionalInterface
    interface Body {
        TaskOutcome run(TaskRun run) throws Exception;
    }

    private Handlers() {}

    static TaskHandler named(String name, Body body) {
        return retrying(name, RetryPolicy.STANDARD, body);
    }

    static TaskHandler retrying(String name, RetryPolicy retries, Body body) {
        return new TaskHandler() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public RetryPolicy retries() {
                return retries;
            }

            @Override
            public TaskOutcome run(TaskRun run) throws Exception {
                return body.run(run);
            }
        };
    }

    static TaskHandler work(Body body) {
        return named(Examples.HANDLER, body);
    }

    /** Work that takes long, so many of each organization. */
    static TaskHandler lasting(int ofOneOrganization, Body body) {
        return new TaskHandler() {
            @Override
            public String name() {
                return "lasting";
            }

            @Override
            public RetryPolicy retries() {
                return RetryPolicy.STANDARD;
            }

            @Override
            public TaskOutcome run(TaskRun run) throws Exception {
                return body.run(run);
            }

            @Override
            public boolean isLong() {
                return true;
            }

            @Override
            public int mostOfOneOrganization() {
                return ofOneOrganization;
            }
        };
    }

    static TaskHandler unstoppable(Body body) {
        return new TaskHandler() {
            @Override
            public String name() {
                return Examples.HANDLER;
            }

            @Override
            public RetryPolicy retries() {
                return RetryPolicy.STANDARD;
            }

            @Override
            public TaskOutcome run(TaskRun run) throws Exception {
                return body.run(run);
            }

            @Override
            public boolean cancelable() {
                return false;
            }
        };
    }
}

package dev.waybill.webhooks;

import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Hands events to their webhooks. */
@Component
class FanOutTask implements TaskHandler {

    static final String NAME = "webhooks.fan-out";

    private final EventStore events;
    private final FanOut fanOut;

    FanOutTask(EventStore events, FanOut fanOut) {
        this.events = events;
        this.fanOut = fanOut;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public TaskOutcome run(TaskRun run) {
        List<String> keys = new ArrayList<>();
        if (run.payload().get("events") instanceof List<?> given) {
            given.forEach(key -> keys.add(String.valueOf(key)));
        }
        fanOut.handOut(events.waiting(keys));
        return TaskOutcome.completed();
    }
}

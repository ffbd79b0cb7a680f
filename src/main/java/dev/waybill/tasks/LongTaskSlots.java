package dev.waybill.tasks;

import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.tasks.TaskStore.Due;
import dev.waybill.tasks.TaskStore.Full;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Limits the long-running tasks of an instance: half of all slots, so that brief tasks do not wait for them, and of
 * these each organization has only as many as the handler allows. Thread-safe.
 */
final class LongTaskSlots {

    private final TaskHandlers handlers;
    private final int most;
    private final Map<Full, Integer> byOwner = new HashMap<>();
    private int taken;

    /** @param inFlight how many tasks run side by side, the brief ones among them */
    LongTaskSlots(TaskHandlers handlers, int inFlight) {
        this.handlers = handlers;
        this.most = Math.max(1, inFlight / 2);
    }

    /** A slot that is taken until it is released. */
    interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    /** The handler of that name if its work is long; empty when it is brief. */
    Optional<TaskHandler> handler(String name) {
        return handlers.find(name).filter(TaskHandler::isLong);
    }

    /** @return empty when no slot is free */
    synchronized Optional<Slot> acquire(TaskHandler handler, OrganizationId organization) {
        Full owner = new Full(handler.name(), organization);
        int own = byOwner.getOrDefault(owner, 0);
        if (taken >= most || own >= handler.mostOfOneOrganization()) {
            return Optional.empty();
        }
        byOwner.put(owner, own + 1);
        taken++;
        return Optional.of(() -> release(owner));
    }

    private synchronized void release(Full owner) {
        byOwner.computeIfPresent(owner, (any, own) -> own > 1 ? own - 1 : null);
        taken--;
    }

    /**
     * Leaves out long tasks that are not among the oldest, of which there are as many as free slots.
     *
     * @param due the oldest first
     */
    synchronized List<Due> startable(List<Due> due) {
        List<Due> startable = new ArrayList<>();
        int free = most - taken;
        for (Due task : due) {
            if (handler(task.handler()).isEmpty() || free-- > 0) {
                startable.add(task);
            }
        }
        return startable;
    }

    /** Handlers and organizations without a free slot now. */
    synchronized List<Full> full() {
        if (taken >= most) {
            return handlers.all().stream()
                    .filter(TaskHandler::isLong)
                    .map(handler -> new Full(handler.name(), null))
                    .toList();
        }
        return byOwner.entrySet().stream()
                .filter(owner -> handler(owner.getKey().handler())
                        .filter(handler -> owner.getValue() >= handler.mostOfOneOrganization())
                        .isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }
}

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
 * The places of an instance for work that is long: half of all, so that what is brief does not wait for it, and of them
 * each organization has only as many as the handler says. Thread-safe.
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

    /** A place that is taken until it is given back. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** Who does work of that kind; empty when it is brief. */
    Optional<TaskHandler> handler(String name) {
        return handlers.find(name).filter(TaskHandler::isLong);
    }

    /** @return empty when there is none */
    synchronized Optional<Place> take(TaskHandler handler, OrganizationId organization) {
        Full owner = new Full(handler.name(), organization);
        int own = byOwner.getOrDefault(owner, 0);
        if (taken >= most || own >= handler.mostOfOneOrganization()) {
            return Optional.empty();
        }
        byOwner.put(owner, own + 1);
        taken++;
        return Optional.of(() -> giveBack(owner));
    }

    private synchronized void giveBack(Full owner) {
        byOwner.computeIfPresent(owner, (any, own) -> own > 1 ? own - 1 : null);
        taken--;
    }

    /** Without what is long but not among the oldest, of which there are as many as places. @param due the oldest first */
    synchronized List<Due> withPlaces(List<Due> due) {
        List<Due> able = new ArrayList<>();
        int places = most - taken;
        for (Due task : due) {
            if (handler(task.handler()).isEmpty() || places-- > 0) {
                able.add(task);
            }
        }
        return able;
    }

    /** Whose work finds no place now. */
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

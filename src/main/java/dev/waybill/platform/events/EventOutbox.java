package dev.waybill.platform.events;

import java.util.List;

/**
 * The outbox: modules publish events here without knowing who subscribes. They do so after the write that decides, so
 * that no event is untrue; a crash in between is made up for by whatever repeats the work, or by the walk over what was
 * written. An event is known by its id: one that exists already stays as it is.
 */
public interface EventOutbox {

    /**
     * Stores the events that somebody subscribes to, in one write; without a subscription there is no write.
     *
     * @param events of any organizations; none is no failure
     * @throws RuntimeException when it is not known whether they were stored: publish them again
     */
    void publish(List<PublicEvent> events);

    /**
     * Stores those that are missing, of the events that somebody subscribed to before they occurred: for the repeated
     * check that all were published. Takes one read, and a write only when something is missing.
     *
     * @param events of any organizations
     * @throws RuntimeException as {@link #publish}
     */
    void publishMissing(List<PublicEvent> events);
}

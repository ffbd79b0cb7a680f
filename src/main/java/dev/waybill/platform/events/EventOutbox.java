package dev.waybill.platform.events;

import java.util.List;

/**
 * Where rooms put what they tell others, without knowing who listens. They do so after the write that decides what they
 * tell, so that nothing untrue is told; whoever dies in between is made up for by whatever repeats the work, or by the
 * walk over what was written. An event is known by its id: one that is there already stays as it is.
 */
public interface EventOutbox {

    /**
     * Keeps those that somebody wants to hear of, in one write; where nobody does, that costs none.
     *
     * @param events of any organizations; none is no failure
     * @throws RuntimeException when it is not known whether they were kept: publish them again
     */
    void publish(List<PublicEvent> events);

    /**
     * Keeps those that somebody has wanted to hear of since before they occurred, and that are not there: for looking
     * again and again whether all was told. Takes one read, and a write only when something is missing.
     *
     * @param events of any organizations
     * @throws RuntimeException as {@link #publish}
     */
    void makeUp(List<PublicEvent> events);
}

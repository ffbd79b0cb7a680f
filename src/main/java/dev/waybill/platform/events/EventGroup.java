package dev.waybill.platform.events;

import java.util.List;

/**
 * Events that one step brings about, published together so that they are kept together: with a hundred of them, with the
 * round trips of one.
 */
public record EventGroup(List<PublicEvent> events) {

    public EventGroup {
        events = List.copyOf(events);
    }
}

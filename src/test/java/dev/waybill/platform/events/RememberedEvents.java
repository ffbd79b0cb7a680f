package dev.waybill.platform.events;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An outbox that remembers what was published, while somebody subscribes. */
public final class RememberedEvents implements EventOutbox {

    private final List<PublicEvent> events = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private boolean listening = true;

    /** Whether somebody subscribes, from now on. */
    public void listening(boolean somebody) {
        listening = somebody;
    }

    /** Each once, in the order in which they came. */
    public synchronized List<PublicEvent> all() {
        return List.copyOf(events);
    }

    /** Shows only what is put in from now on for the first time. */
    public synchronized void clear() {
        events.clear();
    }

    @Override
    public synchronized void publish(List<PublicEvent> published) {
        for (PublicEvent event : published) {
            if (listening && known.add(event.eventId())) {
                events.add(event);
            }
        }
    }

    @Override
    public void publishMissing(List<PublicEvent> missing) {
        publish(missing);
    }
}

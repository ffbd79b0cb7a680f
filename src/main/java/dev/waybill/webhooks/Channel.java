package dev.waybill.webhooks;

/**
 * One way to tell of an event.
 *
 * @param settings those of its kind are set
 */
record Channel(Kind kind, ChannelSettings settings) {

    enum Kind {
        EMAIL,
        SLACK,
        WEBHOOK;

        String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Header values and addresses may hold secrets. */
    @Override
    public String toString() {
        return "Channel[kind=" + kind + "]";
    }
}

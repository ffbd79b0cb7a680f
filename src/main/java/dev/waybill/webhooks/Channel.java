package dev.waybill.webhooks;

import dev.waybill.platform.web.WireName;

/**
 * One way to tell of an event.
 *
 * @param settings those of its kind are set
 */
record Channel(Kind kind, ChannelSettings settings) {

    enum Kind implements WireName {
        EMAIL,
        SLACK,
        WEBHOOK
    }

    /** Header values and addresses may hold secrets. */
    @Override
    public String toString() {
        return "Channel[kind=" + kind + "]";
    }
}

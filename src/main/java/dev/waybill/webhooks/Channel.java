package dev.waybill.webhooks;

import dev.waybill.platform.json.WireName;

/**
 * One channel of a webhook: how an event is sent (HTTP, Slack or email).
 *
 * @param configs JSON of the settings of its kind: text, because callers name the headers
 */
public record Channel(Kind kind, String configs) {

    public enum Kind implements WireName {
        EMAIL,
        SLACK,
        WEBHOOK
    }

    static Channel of(Kind kind, ChannelSettings settings) {
        return new Channel(kind, EventJson.write(settings));
    }

    public ChannelSettings settings() {
        return EventJson.read(configs, ChannelSettings.class);
    }

    /** Header values and addresses may hold secrets. */
    @Override
    public String toString() {
        return "Channel[kind=" + kind + "]";
    }
}

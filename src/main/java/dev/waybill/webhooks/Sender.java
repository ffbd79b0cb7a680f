package dev.waybill.webhooks;

import java.time.Instant;

/** Sends an event over a channel, once. */
interface Sender {

    /** @param at when that is: signatures say so */
    Sent send(Webhook webhook, Channel channel, Delivery delivery, Instant at);
}

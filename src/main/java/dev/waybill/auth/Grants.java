package dev.waybill.auth;

/**
 * What a key may do beside what its request needs, where the request is about. Handlers whose answer depends on it take
 * it as an argument.
 *
 * @param writes whether it may write there, such as to an upload that it asks to see
 */
public record Grants(boolean writes) {}

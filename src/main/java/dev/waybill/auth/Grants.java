package dev.waybill.auth;

/**
 * Further permissions that a key has on the resource of a request, beside what the request needs. Handlers whose
 * response depends on them take them as an argument.
 *
 * @param writes whether it may write there, such as to an upload that it reads
 */
public record Grants(boolean writes) {}

package dev.waybill.auth;

import dev.waybill.platform.json.WireName;

/** A permission of an API key. {@code ADMIN} includes the others. */
public enum Permission implements WireName {
    READ,
    WRITE,
    DELETE,
    ADMIN
}

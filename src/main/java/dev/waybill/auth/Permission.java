package dev.waybill.auth;

import dev.waybill.platform.web.WireName;

/** A permission of an API key. {@code ADMIN} includes the others. */
public enum Permission implements WireName {
    READ,
    WRITE,
    DELETE,
    ADMIN
}

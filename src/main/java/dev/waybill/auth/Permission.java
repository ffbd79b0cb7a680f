package dev.waybill.auth;

import dev.waybill.platform.web.WireName;

/** What a key may do. {@code ADMIN} includes the others. */
public enum Permission implements WireName {
    READ,
    WRITE,
    DELETE,
    ADMIN
}

package dev.waybill.auth;

import dev.waybill.platform.web.WireName;

/** Status of a user: only keys of an active one work. */
enum UserStatus implements WireName {
    ACTIVE,
    SUSPENDED,
    PENDING
}

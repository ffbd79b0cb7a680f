package dev.waybill.auth;

import dev.waybill.platform.web.WireName;

/** Whether a person's keys work: only those of an active one do. */
enum UserStatus implements WireName {
    ACTIVE,
    SUSPENDED,
    PENDING
}

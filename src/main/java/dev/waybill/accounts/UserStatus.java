package dev.waybill.accounts;

import dev.waybill.platform.json.WireName;

/** Status of a user: only keys of an active one work. */
enum UserStatus implements WireName {
    ACTIVE,
    SUSPENDED,
    PENDING
}

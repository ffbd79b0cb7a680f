package dev.waybill.accounts;

import dev.waybill.platform.json.WireName;

/** Operations that a scope can allow. Reading, writing and deleting data are checked; the others are stored as sent. */
enum NamespaceOperation implements WireName {
    READ_DATA,
    WRITE_DATA,
    DELETE_DATA,
    EXECUTE_RETRIEVER,
    CREATE_RETRIEVER,
    DELETE_RETRIEVER,
    EXECUTE_JOB,
    CANCEL_JOB,
    CREATE_CLUSTER,
    DELETE_CLUSTER,
    MODIFY_CLUSTER,
    MODIFY_INFRASTRUCTURE,
    MANAGE_PERMISSIONS
}

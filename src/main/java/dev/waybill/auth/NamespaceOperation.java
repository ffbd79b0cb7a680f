package dev.waybill.auth;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a scope can allow. Reading, writing and deleting data are checked; the others are kept as they are given. */
enum NamespaceOperation {
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
    MANAGE_PERMISSIONS;

    @JsonValue
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}

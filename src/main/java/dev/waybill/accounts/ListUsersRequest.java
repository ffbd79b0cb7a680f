package dev.waybill.accounts;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.lists.PagedBody;
import dev.waybill.platform.lists.Paging;
import dev.waybill.platform.query.Fields;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Request body to list users. */
record ListUsersRequest(
        @Schema(description = "Only users of this role.") @Nullable
        UserRole role,

        @Schema(description = "Only users in this status.") @Nullable
        UserStatus status,

        @JsonUnwrapped @Nullable Paging paging)
        implements PagedBody {

    static final ListUsersRequest EVERYBODY = new ListUsersRequest(null, null, null);

    /** Sortable fields. */
    static final Fields FIELDS = Fields.builder().instant("created_at").build();
}

package dev.waybill.auth;

import dev.waybill.platform.web.PaginationResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A page of users, newest first. */
record UserListResponse(
        @Schema(description = "The users of this page, newest first.")
        List<UserResponse> results,

        @Schema(description = "Where this page stands in the list.")
        PaginationResponse pagination,

        @Schema(description = "How many users match in all.", example = "12")
        long total) {

    static UserListResponse of(UserStore.Found found, int skip, int limit) {
        long pages = Math.ceilDiv(found.total(), (long) limit);
        return new UserListResponse(
                found.users().stream().map(UserResponse::of).toList(),
                new PaginationResponse(found.total(), skip / limit + 1, limit, pages, null, null, null),
                found.total());
    }
}

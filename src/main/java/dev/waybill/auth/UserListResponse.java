package dev.waybill.auth;

import dev.waybill.platform.web.PaginationResponse;
import java.util.List;

/** A page of users, newest first. */
record UserListResponse(List<UserResponse> results, PaginationResponse pagination, long total) {

    static UserListResponse of(UserStore.Found found, int skip, int limit) {
        long pages = Math.ceilDiv(found.total(), (long) limit);
        return new UserListResponse(
                found.users().stream().map(UserResponse::of).toList(),
                new PaginationResponse(found.total(), skip / limit + 1, limit, pages, null, null, null),
                found.total());
    }
}

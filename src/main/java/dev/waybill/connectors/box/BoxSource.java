package dev.waybill.connectors.box;

import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContent;
import dev.waybill.connectors.SourceContent.Algorithm;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.SourceProfile;
import dev.waybill.connectors.rest.AccountCheck;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A source at Box: the files that an account can access. */
final class BoxSource implements Source {

    static final int MAX_PAGE = 1_000;

    private final BoxAccess access;
    private final BoxListing listing;
    private final BoxReading reading;

    BoxSource(BoxAccess access) {
        this.access = access;
        this.listing = new BoxListing(access);
        this.reading = new BoxReading(access);
    }

    @Override
    public SourceProfile check(@Nullable SourcePath path) {
        AccountCheck.Traits traits = new AccountCheck.Traits(
                BoxAccess.NAME,
                String.valueOf(access.endpoint()),
                true,
                List.of(Algorithm.SHA1),
                MAX_PAGE,
                "The account sees only what it was invited to: invite it to the folder, or give another folder_id");
        return new AccountCheck(this, access.client(), this::account, traits).check(path);
    }

    private String account() {
        JsonNode user = access.get(access.uri("users/me", Map.of("fields", "id,name,login")), BoxOperation.ACCOUNT);
        String login = user.path("login").asString("");
        return login.isEmpty() ? "the user " + BoxItems.id(user) : login;
    }

    @Override
    public SourcePage list(SourcePath path, @Nullable String cursor, int max) {
        if (max < 1 || max > MAX_PAGE) {
            throw new IllegalArgumentException("a page has 1 to %d files".formatted(MAX_PAGE));
        }
        return listing.page(path, cursor, max);
    }

    @Override
    public Optional<SourceFile> find(SourcePath path, String key) {
        return path.contains(key) ? listing.find(path, key) : Optional.empty();
    }

    @Override
    public SourceContent open(SourcePath path, SourceFile file, long from) {
        return reading.open(file, from);
    }

    @Override
    public Map<String, String> tags(SourcePath path, SourceFile file) {
        return Map.of();
    }

    @Override
    public void close() {
        access.close();
    }
}

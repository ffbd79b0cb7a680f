package dev.waybill.platform.web;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.json.WireName;
import dev.waybill.platform.lists.ListParameters;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.net.SocketException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes and refuses in every way that a controller can. */
@RestController
@Profile("web-probe")
@Tag(name = "Probe", description = "Things to try.")
class ProbeController {

    enum Kind implements WireName {
        PLAIN,
        FANCY_ONE
    }

    /** An id that refuses values of another form, as the typed ids do. */
    public record ThingId(@JsonValue String value) {
        public ThingId {
            if (!value.startsWith("thg_")) {
                throw WaybillException.notFound("thing", value);
            }
        }
    }

    @Schema(description = "A part of a thing.")
    record Part(
            @Schema(description = "Its file.", example = "a.jpg") @NotNull @Size(min = 1, max = 5) @Nullable
            String fileName,

            @Schema(description = "Its kind.", example = "plain") @Nullable
            Kind kind) {}

    @Schema(description = "A thing to make.")
    record ThingRequest(
            @Schema(description = "Its name.", example = "things")
            @NotBlank
            @Size(min = 3, max = 10)
            @Pattern(regexp = "[a-z ]*")
            @Nullable
            String thingName,

            @Schema(description = "How many.", example = "1") @Min(1) @Max(10) @Nullable
            Integer itemCount,

            @Schema(description = "How big.", example = "1") @Nullable
            Long size,

            @Schema(description = "How much.", example = "0.5") @Nullable
            Double ratio,

            @Schema(description = "Whether.", example = "true") @Nullable
            Boolean enabled,

            @Schema(description = "Its kind.", example = "plain") @Nullable
            Kind kind,

            @Schema(description = "Until when.", example = "2026-01-31T12:00:00Z") @Nullable
            Instant expiresAt,

            @Schema(description = "Its parts.") @Size(min = 1, max = 2) @Nullable
            List<@Valid Part> uploadParts,

            @Schema(description = "Parts by name.") @Nullable
            Map<String, @Valid Part> namedParts,

            @Schema(description = "Words.") @Nullable List<@Size(max = 3) String> tags,

            @Schema(description = "Its owner.", example = "thg_1") @Nullable
            ThingId ownerId,

            @Schema(description = "A word.", example = "x") @Nullable
            Picky picky,

            @Schema(description = "Anything.") @Nullable Map<String, Object> metadata) {}

    /** Refuses by itself. */
    @Schema(description = "A picky word.")
    record Picky(
            @Schema(description = "The word.", example = "x") @Nullable
            String word) {
        Picky {
            if ("bad".equals(word)) {
                throw InvalidRequest.field("word", "must not be bad", "value_error");
            }
        }
    }

    @Schema(description = "What came of it.")
    record ThingView(
            @Schema(description = "What happened.", example = "made")
            String outcome,

            @Schema(description = "Its name.", example = "things") @Nullable
            String thingName,

            @Schema(description = "Its kind.", example = "plain") @Nullable
            Kind kind,

            @Schema(description = "Its parts.") List<Part> uploadParts,

            @Schema(description = "When.", example = "2026-01-31T12:00:00Z") @Nullable
            Instant expiresAt) {}

    @PostMapping("/v1/probe/things")
    @Operation(summary = "Make a thing", description = "Makes a thing.")
    ThingView make(@Valid @RequestBody ThingRequest request) {
        return new ThingView("made", request.thingName(), request.kind(), List.of(), request.expiresAt());
    }

    @PostMapping("/v1/probe/buckets/{bucket_identifier}/things/list")
    @Operation(summary = "List things", description = "Lists things.")
    ThingView list(
            @Parameter(hidden = true) Scope scope,
            @PathVariable("bucket_identifier") String bucket,
            ListParameters parameters,
            @RequestBody(required = false) @Nullable Part body) {
        ListQuery query = parameters.toQuery(Filter.ALL, 10);
        return new ThingView(
                "%s %d %d %s %s".formatted(bucket, query.limit(), query.offset(), query.cursor(), query.includeTotal()),
                body == null ? "no body" : body.fileName(),
                null,
                List.of(),
                null);
    }

    @PostMapping("/v1/probe/things/{thing_id}/confirm")
    @Operation(summary = "Confirm a thing", description = "Confirms a thing.")
    ThingView confirm(
            @Parameter(description = "The thing.", example = "thg_1") @PathVariable("thing_id") ThingId thing,
            @Parameter(description = "Later.", example = "true") @RequestParam(defaultValue = "false") boolean async,
            @RequestBody(required = false) @Nullable Part body) {
        return new ThingView(
                body == null ? "no body" : "body " + body.fileName(), thing.value(), null, List.of(), null);
    }

    @PostMapping("/v1/probe/many")
    @Operation(summary = "Make many", description = "Makes many.")
    ThingView many(@RequestBody List<@Valid Part> parts) {
        return new ThingView("made", null, null, parts, null);
    }

    @GetMapping("/v1/probe/query")
    @Operation(summary = "Ask", description = "Asks.")
    ThingView query(
            @Parameter(description = "How many.", example = "1") @RequestParam @Min(1) @Max(100) int count,
            @Parameter(description = "Its kind.", example = "plain") @RequestParam(required = false) @Nullable
                    Kind kind,
            @Parameter(description = "A word.", example = "x") @RequestParam(required = false) @Nullable String word) {
        return new ThingView("asked " + count, null, kind, List.of(), null);
    }

    @GetMapping("/v1/probe/kinds/{kind}")
    @Operation(summary = "A kind", description = "Tells a kind.")
    ThingView kind(@Parameter(description = "The kind.", example = "plain") @PathVariable Kind kind) {
        return new ThingView("kind", null, kind, List.of(), null);
    }

    @GetMapping("/v1/probe/named/{name}")
    @SecurityRequirements
    @Operation(summary = "A name", description = "Tells a name.")
    ThingView named(@Parameter(description = "The name.", example = "a b") @PathVariable String name) {
        return new ThingView("named", name, null, List.of(), null);
    }

    @DeleteMapping("/v1/probe/named/{name}")
    @Operation(summary = "Forget a name", description = "Forgets a name.")
    @ApiResponse(responseCode = "200", description = "Forgotten.")
    @ApiResponse(responseCode = "404", description = "Never known.")
    @ApiResponse(
            responseCode = "409",
            description = "Unforgettable.",
            content = @Content(examples = @ExampleObject("{\"success\": false, \"status\": 409}")))
    ThingView forget(@Parameter(description = "The name.", example = "a b") @PathVariable String name) {
        return new ThingView("forgot", name, null, List.of(), null);
    }

    @GetMapping("/v1/probe/fails/{how}")
    @Operation(summary = "Fail", description = "Fails.")
    ThingView fail(@Parameter(description = "How.", example = "boom") @PathVariable String how) {
        switch (how) {
            case "boom" -> throw new IllegalStateException("secret of the controller");
            case "error" -> throw new AssertionError("secret of the machine");
            case "away" -> throw new IllegalStateException("wrapper", new ProbeApplication.StoreAway());
            case "away-in-mid-answer" ->
                throw new IllegalStateException(
                        "wrapper",
                        new ProbeApplication.StoreAway().initCause(new SocketException("Connection reset by peer")));
            case "storage-in-mid-answer" ->
                throw new WaybillException(
                        ErrorCode.STORAGE_UNAVAILABLE, "It is away.", Map.of(), new IOException("Broken pipe"));
            case "not-found" -> throw WaybillException.notFound("upload", "upl_1");
            case "later" -> throw new CompletionException(WaybillException.notFound("upload", "upl_2"));
            case "limited" ->
                throw new WaybillException(
                        ErrorCode.RATE_LIMITED, "Too many.", Map.of("limit", 10, "window", 60, "retry_after", 17));
            default -> throw new WaybillException(ErrorCode.valueOf(how), "It failed.", Map.of("hint", 1));
        }
    }

    @GetMapping("/v1/probe/async-fail")
    @Operation(summary = "Fail later", description = "Fails later.")
    CompletableFuture<ThingView> failLater() {
        return CompletableFuture.supplyAsync(() -> {
            throw new IllegalStateException("secret of another thread");
        });
    }

    @GetMapping("/api/probe/fails")
    @Operation(summary = "Fail elsewhere", description = "Fails in another API.")
    ThingView failElsewhere() {
        throw WaybillException.notFound("upload", "upl_1");
    }

    static Scope scope() {
        return new Scope(new OrganizationId("org_1"), new NamespaceId("ns_1"));
    }
}

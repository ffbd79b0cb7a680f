package dev.waybill.platform.storage;

import dev.waybill.testing.Kits;
import dev.waybill.testing.Lie;
import dev.waybill.testing.Lie.Twist;
import dev.waybill.testing.Lying;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract tests of storage fail for every implementation that breaks the contract. */
class ObjectStorageKitTests {

    /** The truth, and the lies about all else. */
    private static final List<Lie<ObjectStorage>> REST = List.of(
            Lie.none(ObjectStorage.class),
            lie(
                    "forgets the content type",
                    "head",
                    call -> call.<Optional<StoredObject>>proceed()
                            .map(object -> typed(object, "application/octet-stream")),
                    "metadataOfWhatWasPutIsReturned",
                    "aBodyThatTakesSeveralPartsComesToLieWhole",
                    "aCopyHoldsTheBytesUnderItsOwnTerms",
                    "aCopyLeavesItsSourceAndKeepsNothingThatStoodBesideIt"),
            lie(
                    "flips a bit of what is read",
                    "open",
                    call -> call.<Optional<InputStream>>proceed()
                            .map(stream -> new ByteArrayInputStream(flipped(stream))),
                    "whatWasPutCanBeRead",
                    "aSecondPutReplacesTheFirst",
                    "onlyTheRequestedBytesAreOpened",
                    "aPutReadsNoMoreThanItsLength",
                    "aBodyOfManyMegabytesIsStreamed",
                    "aBodyThatTakesSeveralPartsComesToLieWhole",
                    "oneThatIsClosedEarlyHoldsNothingUp",
                    "aCopyHoldsTheBytesUnderItsOwnTerms",
                    "aCopyLeavesItsSourceAndKeepsNothingThatStoodBesideIt",
                    "awkwardNamesComeBackAsTheyWent",
                    "concurrentPutsLeaveOneOfThemWhole"),
            lie(
                    "loses the second write",
                    "put",
                    call -> {
                        Optional<StoredObject> there = store(call).head(call.argument(0));
                        return there.isPresent() ? there.get() : call.proceed();
                    },
                    "aSecondPutReplacesTheFirst",
                    "onlyTheRequestedBytesAreOpened",
                    "aBodyThatTakesSeveralPartsComesToLieWhole",
                    "aCopyIsPinned"),
            lie(
                    "loses what is empty",
                    "put",
                    call -> {
                        StoredObject put = call.proceed();
                        if (put.size() == 0) {
                            store(call).delete(put.key());
                        }
                        return put;
                    },
                    "anEmptyObjectIsAnObject",
                    "aCopyCanBeRepeated"),
            lie(
                    "reads on behind the end",
                    "put",
                    call -> {
                        Object put = call.proceed();
                        call.<InputStream>argument(1).readAllBytes();
                        return put;
                    },
                    "aPutReadsNoMoreThanItsLength",
                    "aBodyThatTakesSeveralPartsComesToLieWhole"),
            lie(
                    "flips a bit of what is large",
                    "put",
                    call -> call.<Long>argument(2) < 3 << 20
                            ? call.proceed()
                            : call.with(1, new ByteArrayInputStream(flipped(call.argument(1))))
                                    .proceed(),
                    "aBodyOfManyMegabytesIsStreamed",
                    "aBodyThatTakesSeveralPartsComesToLieWhole"),
            lie(
                    "loses the last part",
                    "put",
                    call -> {
                        StoredObject put = call.proceed();
                        if (put.size() > 10 << 20) {
                            store(call)
                                    .put(
                                            put.key(),
                                            InputStream.nullInputStream(),
                                            0,
                                            String.valueOf(put.contentType()));
                        }
                        return put;
                    },
                    "aBodyThatTakesSeveralPartsComesToLieWhole"),
            lie(
                    "takes objects of any length",
                    "put",
                    call -> call.<Long>argument(2) >= 0 && call.<Long>argument(2) <= 5L << 40 ? call.proceed() : null,
                    "noObjectIsLargerThanFiveTebibytes"),
            lie(
                    "takes the source for itself",
                    "put",
                    call -> {
                        try {
                            return call.proceed();
                        } catch (UncheckedIOException e) {
                            throw new StorageException(StorageException.Kind.UNAVAILABLE, e);
                        }
                    },
                    "aSourceThatEndsEarlyIsNotStoragesFault"),
            lie(
                    "ignores the pin of a copy",
                    "copy",
                    call -> {
                        CopyTerms terms = call.argument(0);
                        Optional<StoredObject> source = store(call).head(terms.from());
                        return source.isEmpty()
                                ? call.proceed()
                                : call.with(0, pinned(terms, source.get().etag()))
                                        .proceed();
                    },
                    "aCopyIsPinned"),
            lie(
                    "says that it copied, and did not",
                    "copy",
                    call -> {
                        CopyTerms terms = call.argument(0);
                        CopyResult result = call.proceed();
                        store(call).delete(terms.to());
                        return result;
                    },
                    "aCopyHoldsTheBytesUnderItsOwnTerms",
                    "aCopyLeavesItsSourceAndKeepsNothingThatStoodBesideIt",
                    "aCopyCanBeRepeated"),
            lie(
                    "forgets how bytes are packed",
                    "put",
                    call -> {
                        StoredObject put = call.proceed();
                        store(call)
                                .head(put.key())
                                .filter(there -> there.contentEncoding() != null)
                                .ifPresent(there -> store(call)
                                        .put(
                                                there.key(),
                                                store(call)
                                                        .open(there.key(), null)
                                                        .orElseThrow(),
                                                there.size(),
                                                String.valueOf(there.contentType())));
                        return put;
                    },
                    "whatIsWrittenPackedIsReturnedAsPackedAndStaysAsItIs"),
            lie(
                    "copies an object's encoding with its bytes",
                    "copy",
                    call -> {
                        CopyTerms terms = call.argument(0);
                        String encoding = store(call)
                                .head(terms.from())
                                .map(StoredObject::contentEncoding)
                                .orElse(terms.contentEncoding());
                        return call.with(0, encoded(terms, encoding)).proceed();
                    },
                    "aCopyLeavesItsSourceAndKeepsNothingThatStoodBesideIt"),
            lie(
                    "moves what it should copy",
                    "copy",
                    call -> {
                        CopyTerms terms = call.argument(0);
                        CopyResult result = call.proceed();
                        if (result instanceof CopyResult.Copied) {
                            store(call).delete(terms.from());
                        }
                        return result;
                    },
                    "aCopyLeavesItsSourceAndKeepsNothingThatStoodBesideIt",
                    "aCopyCanBeRepeated"),
            lie(
                    "copies, and does not know that it did",
                    "copy",
                    call -> {
                        CopyResult result = call.proceed();
                        if (result instanceof CopyResult.Copied) {
                            throw new StorageException(StorageException.Kind.UNKNOWN, null);
                        }
                        return result;
                    },
                    "aCopyHoldsTheBytesUnderItsOwnTerms",
                    "aCopyLeavesItsSourceAndKeepsNothingThatStoodBesideIt",
                    "aCopyCanBeRepeated"),
            lie(
                    "proves nothing",
                    "copy",
                    call -> {
                        CopyResult result = call.proceed();
                        return result instanceof CopyResult.Copied copied
                                ? new CopyResult.Copied(copied.object(), false)
                                : result;
                    },
                    "aCopyHoldsTheBytesUnderItsOwnTerms",
                    "aCopyCanBeRepeated"),
            lie(
                    "takes a missing source for a changed one",
                    "copy",
                    call -> {
                        CopyResult result = call.proceed();
                        return result instanceof CopyResult.Absent ? new CopyResult.Changed() : result;
                    },
                    "aCopyOfNothingIsAbsent"),
            lie(
                    "copies once",
                    "copy",
                    call -> {
                        CopyTerms terms = call.argument(0);
                        if (store(call).head(terms.to()).isPresent()) {
                            throw new StorageException(StorageException.Kind.BROKEN, null);
                        }
                        return call.proceed();
                    },
                    "aCopyCanBeRepeated"),
            lie("deletes nothing", "delete", call -> null, "deletedObjectsAreGone", "aCopyOfNothingIsAbsent"),
            lie(
                    "deletes a thousand at most",
                    "deleteAll",
                    call -> {
                        List<ObjectKey> keys = new ArrayList<>(call.argument(0));
                        return call.with(0, keys.subList(0, Math.min(keys.size(), 1_000)))
                                .proceed();
                    },
                    "moreThanAThousandAreDeletedAtOnce"),
            lie(
                    "drops one from a full page",
                    "list",
                    call -> {
                        List<StoredObject> page = call.proceed();
                        boolean full = page.size() > 1 && page.size() == call.<Integer>argument(2);
                        return full ? page.subList(1, page.size()) : page;
                    },
                    "aListingIsOrderedBoundedAndGoesOnBehindAKey"),
            lie(
                    "begins a page with the last one of the page before",
                    "list",
                    call -> {
                        List<StoredObject> page = new ArrayList<>(call.<List<StoredObject>>proceed());
                        ObjectKey after = call.argument(1);
                        if (after != null) {
                            store(call).head(after).ifPresent(page::addFirst);
                        }
                        return page;
                    },
                    "aListingIsOrderedBoundedAndGoesOnBehindAKey"),
            lie(
                    "takes the tags of a listing for hashes",
                    "list",
                    call -> call.<List<StoredObject>>proceed().stream()
                            .map(object -> tagged(object, ETag.of(object.etag().value(), true)))
                            .toList(),
                    "aListingReturnsSizesAndOpaqueTags"),
            lie(
                    "sorts by characters",
                    "list",
                    call -> call.<List<StoredObject>>proceed().stream()
                            .sorted(Comparator.comparing(object -> object.key().value()))
                            .toList(),
                    "aListingFollowsTheBytesOfKeysNotTheirCharacters"),
            lie(
                    "decodes keys once too often",
                    "put",
                    call -> call.with(
                                    0,
                                    new ObjectKey(
                                            call.<ObjectKey>argument(0).value().replace("%41", "A")))
                            .proceed(),
                    "awkwardNamesComeBackAsTheyWent"),
            lie(
                    "mixes what is written at the same time",
                    "put",
                    call -> !Thread.currentThread().isVirtual()
                            ? call.proceed()
                            : call.with(1, new ByteArrayInputStream(flipped(call.argument(1))))
                                    .proceed(),
                    "concurrentPutsLeaveOneOfThemWhole"),
            lie(
                    "is away",
                    "check",
                    call -> {
                        throw new StorageException(StorageException.Kind.UNAVAILABLE, null);
                    },
                    "oneThatIsClosedEarlyHoldsNothingUp",
                    "theBucketAnswersAndReturnsItsTime"));

    private static final List<Lie<ObjectStorage>> LIES =
            Stream.concat(REST.stream(), ObjectStorageReadingLies.ALL.stream()).toList();

    @TestFactory
    Stream<DynamicTest> everyLieIsFoundOut() {
        return Kits.tests(Liar.class, LIES);
    }

    private static Lie<ObjectStorage> lie(String name, String method, Twist twist, String... red) {
        return Lie.of(ObjectStorage.class, name, method, twist, red);
    }

    private static ObjectStorage store(Lie.Call call) {
        return call.truth();
    }

    /** All of it, with one bit changed. */
    private static byte[] flipped(InputStream stream) {
        try {
            byte[] bytes = stream.readAllBytes();
            if (bytes.length > 0) {
                bytes[0] ^= 1;
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CopyTerms pinned(CopyTerms terms, ETag pin) {
        return new CopyTerms(
                terms.from(),
                pin,
                terms.size(),
                terms.to(),
                terms.contentType(),
                terms.filename(),
                terms.contentEncoding());
    }

    private static CopyTerms encoded(CopyTerms terms, @Nullable String encoding) {
        return new CopyTerms(
                terms.from(), terms.pin(), terms.size(), terms.to(), terms.contentType(), terms.filename(), encoding);
    }

    private static StoredObject typed(StoredObject object, String type) {
        return new StoredObject(
                object.key(),
                object.size(),
                object.etag(),
                type,
                object.contentEncoding(),
                object.sha256(),
                object.versionId(),
                object.lastModified());
    }

    private static StoredObject tagged(StoredObject object, ETag etag) {
        return new StoredObject(
                object.key(),
                object.size(),
                etag,
                object.contentType(),
                object.contentEncoding(),
                object.sha256(),
                object.versionId(),
                object.lastModified());
    }

    @Lying
    static class Liar extends ObjectStorageContract {

        static List<Lie<ObjectStorage>> lies() {
            return LIES;
        }

        private final ObjectStorage storage;

        Liar(Lie<ObjectStorage> lie) {
            storage = lie.over(new InMemoryObjectStorage());
        }

        @Override
        protected ObjectStorage storage() {
            return storage;
        }
    }
}

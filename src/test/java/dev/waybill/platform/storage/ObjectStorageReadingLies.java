package dev.waybill.platform.storage;

import dev.waybill.testing.Lie;
import dev.waybill.testing.Lie.Twist;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** How storage may show what was put into it wrongly. */
final class ObjectStorageReadingLies {

    static final List<Lie<ObjectStorage>> ALL = List.of(
            lie(
                    "fails for a head of nothing",
                    "readHead",
                    call -> Optional.of(call.<Optional<ObjectHead>>proceed()
                            .orElseThrow(() -> new StorageException(StorageException.Kind.BROKEN, null))),
                    "anObjectThatIsNotThereIsEmptyAndNoFailure"),
            lie(
                    "opens what is not there",
                    "open",
                    call -> store(call).head(call.argument(0)).isEmpty()
                            ? Optional.of(InputStream.nullInputStream())
                            : call.proceed(),
                    "anObjectThatIsNotThereIsEmptyAndNoFailure"),
            lie(
                    "opens other bytes than those requested",
                    "open",
                    call -> call.with(1, null).proceed(),
                    "onlyTheRequestedBytesAreOpened"),
            lie(
                    "takes the first bytes for all",
                    "readHead",
                    call -> call.<Optional<ObjectHead>>proceed()
                            .map(readHead ->
                                    new ObjectHead(sized(readHead.object(), readHead.head().length), readHead.head())),
                    "aHeadShowsTheFactsAndTheFirstBytes"),
            lie(
                    "shows as much as anybody requests",
                    "readHead",
                    call -> call.with(1, Math.clamp(call.<Integer>argument(1), 1, 65_536))
                            .proceed(),
                    "aHeadIsBounded"),
            lie(
                    "begins every part at the first byte",
                    "part",
                    call -> call.with(2, Math.min(call.<Long>argument(2), 0)).proceed(),
                    "aPartShowsBytesFromThereOn"),
            lie(
                    "shows parts of whatever lies there",
                    "part",
                    call -> {
                        Optional<StoredObject> now = call.<ObjectStorage>truth().head(call.argument(0));
                        return now.isEmpty()
                                ? Optional.empty()
                                : call.with(1, now.get().etag()).proceed();
                    },
                    "aPartIsOfTheBytesThatAreMeant"),
            lie(
                    "shows parts of any length",
                    "part",
                    call -> call.with(2, Math.max(call.<Long>argument(2), 0))
                            .with(3, Math.clamp(call.<Integer>argument(3), 1, 65_536))
                            .proceed(),
                    "aPartIsBounded"),
            lie(
                    "has thirty connections and loses each",
                    "open",
                    call -> {
                        if (call.memory().size() == 30) {
                            throw new StorageException(StorageException.Kind.UNAVAILABLE, null);
                        }
                        call.memory().put(call.memory().size(), true);
                        return call.proceed();
                    },
                    "oneThatIsClosedEarlyHoldsNothingUp"));

    private ObjectStorageReadingLies() {}

    private static Lie<ObjectStorage> lie(String name, String method, Twist twist, String... red) {
        return Lie.of(ObjectStorage.class, name, method, twist, red);
    }

    private static ObjectStorage store(Lie.Call call) {
        return call.truth();
    }

    private static StoredObject sized(StoredObject object, long size) {
        return new StoredObject(
                object.key(),
                size,
                object.etag(),
                object.contentType(),
                object.contentEncoding(),
                object.sha256(),
                object.versionId(),
                object.lastModified());
    }
}

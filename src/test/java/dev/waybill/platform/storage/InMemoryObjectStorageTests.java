package dev.waybill.platform.storage;

class InMemoryObjectStorageTests extends ObjectStorageContract {

    private final ObjectStorage storage = new InMemoryObjectStorage();

    @Override
    protected ObjectStorage storage() {
        return storage;
    }
}

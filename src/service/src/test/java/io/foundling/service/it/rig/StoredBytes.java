package io.foundling.service.it.rig;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** The entries of a store whose service is down, read and written behind its back. */
public record StoredBytes(StoreFiles files) {

    private interface Access<T> {
        T with(RocksDB store) throws RocksDBException;
    }

    /** Replaces a value in the column family of all entries, which has to have the key. */
    public void overwrite(byte[] key, byte[] value) {
        access(store -> {
            if (store.get(key) == null) {
                throw new AssertionError("no entry has this key");
            }
            store.put(key, value);
            return true;
        });
    }

    public byte[] get(byte[] key) {
        return access(store -> store.get(key));
    }

    private <T> T access(Access<T> access) {
        String path = files.directory().toString();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (Options options = new Options();
                DBOptions open = new DBOptions()) {
            List<ColumnFamilyDescriptor> families = RocksDB.listColumnFamilies(options, path).stream()
                    .map(ColumnFamilyDescriptor::new)
                    .toList();
            try (RocksDB store = RocksDB.open(open, path, families, handles)) {
                T found = access.with(store);
                handles.forEach(ColumnFamilyHandle::close);
                return found;
            }
        } catch (RocksDBException failure) {
            throw new AssertionError("the store cannot be used", failure);
        }
    }
}

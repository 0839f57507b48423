package io.foundling.console.model;

import io.foundling.console.model.database.Database;
import io.foundling.console.model.query.Queries;
import io.foundling.console.model.reading.Lag;
import io.foundling.console.model.reading.ModelReader;
import io.foundling.console.model.reading.ReaderListener;
import io.foundling.console.model.upkeep.Contents;
import io.foundling.console.model.upkeep.Upkeep;
import java.time.InstantSource;
import java.util.List;

/** The running read model: it follows the topics from its creation until it is closed. Any thread. */
public final class ReadModel implements AutoCloseable {

    private final Database database;
    private final Queries queries;
    private final ModelReader reader;
    private final Upkeep upkeep;

    public ReadModel(ReadModelSettings settings, ReaderListener listener, InstantSource clock) {
        database = new Database(settings.database());
        queries = new Queries(database);
        reader = new ModelReader(settings.reader(), database, settings.erasedFor(), listener, clock);
        upkeep = new Upkeep(database, settings.reader().topics(), settings.trailKept(), settings.upkeepEvery(), clock);
        reader.start();
        upkeep.start();
    }

    /** Returns why it is not up to date; empty if it is. */
    public List<String> problems() {
        return reader.problem().map(why -> "the read model: " + why).stream().toList();
    }

    /** Returns how far it is behind each topic of which this process reads partitions. */
    public List<Lag> lags() {
        return reader.lags();
    }

    /** Returns what answers questions. */
    public Queries queries() {
        return queries;
    }

    /** Returns how much it held lately. */
    public Contents contents() {
        return upkeep.contents();
    }

    @Override
    public void close() {
        upkeep.stop();
        reader.close();
        upkeep.close();
        database.close();
    }
}

package com.foobar.routing.physical;

/**
 * The properties of Connector/J that the library, and not the application, has set to
 * save round trips.
 *
 * @param localStateAdded whether {@code useLocalSessionState} was
 * @param readOnlyAdded whether {@code readOnlyPropagatesToServer} was
 */
record DriverDefaults(boolean localStateAdded, boolean readOnlyAdded) {

}

#include <sqlite3.h>
// The Glibc module has no statfs, which tells a network file system, where a write-ahead log is unsafe.
#include <sys/vfs.h>

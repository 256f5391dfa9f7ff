package index

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// lockFile stands in the folder of releases; who holds its lock may change the
// folder.
const lockFile = "lock"

var errLocked = errors.New("another import is running")

// lockFolder makes the folder and locks it, or says at once that another process
// has.
func lockFolder(dir string) (unlock func(), err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(filepath.Join(dir, lockFile), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	if err := lock(file); err != nil {
		_ = file.Close()
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	return func() { _ = file.Close() }, nil // closing gives the lock back, as does the end of the process
}

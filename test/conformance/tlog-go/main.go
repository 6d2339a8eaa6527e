// Checks an exported log with the Go team's own implementation (golang.org/x/mod/sumdb), which shares nothing with
// ours: signature, every entry, every tile, the root, and the proofs our library made.
//
//	tlog-go <folder> <vkey file> [proofs.json]
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// folder is a tlog.TileReader over an exported log.
type folder string

func (f folder) Height() int { return 8 }

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		// sumdb writes the tile height into the path, tlog-tiles does not
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		bytes, err := os.ReadFile(filepath.Join(string(f), path))
		if err != nil {
			return nil, err
		}
		data[i] = bytes
	}
	return data, nil
}

type proofs struct {
	Inclusion []struct {
		Index  int64
		Hashes []string
	}
	Consistency []struct {
		From       int64
		Checkpoint string
		Hashes     []string
	}
}

func main() {
	if err := run(os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		fmt.Println("BROKEN:", err)
		os.Exit(1)
	}
}

func run(dir, vkeyFile string, rest []string) error {
	vkey, err := os.ReadFile(vkeyFile)
	if err != nil {
		return err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(vkey)))
	if err != nil {
		return err
	}
	signed, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return err
	}
	tree, err := open(signed, verifier)
	if err != nil {
		return err
	}
	reader := tlog.TileHashReader(tree, folder(dir)) // authenticates every tile against the root
	leaves, err := entries(dir, tree.N)
	if err != nil {
		return err
	}
	for from := 0; from < len(leaves); from += 256 { // a tile at a time
		var indexes []int64
		for i := from; i < min(from+256, len(leaves)); i++ {
			indexes = append(indexes, tlog.StoredHashIndex(0, int64(i)))
		}
		got, err := reader.ReadHashes(indexes)
		if err != nil {
			return fmt.Errorf("entries from %d: %w", from, err)
		}
		for i, hash := range got {
			if hash != leaves[from+i] {
				return fmt.Errorf("entry %d does not match its leaf hash", from+i)
			}
		}
	}
	if err := rebuild(leaves, tree); err != nil {
		return err
	}
	checked := 0
	if len(rest) > 0 {
		if checked, err = checkProofs(rest[0], leaves, tree, verifier); err != nil {
			return err
		}
	}
	fmt.Printf("OK size %d, %d proofs\n", tree.N, checked)
	return nil
}

func open(signed []byte, verifier note.Verifier) (tlog.Tree, error) {
	var tree tlog.Tree
	n, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tree, errors.New("checkpoint is not origin, size and root")
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, err
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return tree, err
}

func entries(dir string, size int64) ([]tlog.Hash, error) {
	var leaves []tlog.Hash
	for n := int64(0); n*256 < size; n++ {
		tile := tlog.Tile{H: 8, L: -1, N: n, W: int(min(256, size-n*256))}
		path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
		data, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil {
			return nil, err
		}
		for i := 0; i < tile.W; i++ {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				return nil, fmt.Errorf("bundle %s ends inside entry %d", path, i)
			}
			end := 2 + int(binary.BigEndian.Uint16(data))
			leaves = append(leaves, tlog.RecordHash(data[2:end]))
			data = data[end:]
		}
		if len(data) > 0 {
			return nil, fmt.Errorf("bundle %s has trailing bytes", path)
		}
	}
	return leaves, nil
}

// memory is a tlog.HashReader over hashes computed from the entries alone.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		hashes[i] = m[at]
	}
	return hashes, nil
}

func rebuild(leaves []tlog.Hash, tree tlog.Tree) error {
	var stored memory
	for i, leaf := range leaves {
		hashes, err := tlog.StoredHashesForRecordHash(int64(i), leaf, stored)
		if err != nil {
			return err
		}
		stored = append(stored, hashes...)
	}
	root, err := tlog.TreeHash(tree.N, stored)
	if err != nil {
		return err
	}
	if !bytes.Equal(root[:], tree.Hash[:]) {
		return errors.New("the entries do not lead to the signed root")
	}
	return nil
}

func checkProofs(file string, leaves []tlog.Hash, tree tlog.Tree, verifier note.Verifier) (int, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	var made proofs
	if err := json.Unmarshal(text, &made); err != nil {
		return 0, err
	}
	for _, p := range made.Inclusion {
		if err := tlog.CheckRecord(parse(p.Hashes), tree.N, tree.Hash, p.Index, leaves[p.Index]); err != nil {
			return 0, fmt.Errorf("inclusion of %d: %w", p.Index, err)
		}
	}
	for _, p := range made.Consistency {
		old, err := open([]byte(p.Checkpoint), verifier)
		if err != nil {
			return 0, fmt.Errorf("checkpoint %d: %w", p.From, err)
		}
		if err := tlog.CheckTree(parse(p.Hashes), tree.N, tree.Hash, old.N, old.Hash); err != nil {
			return 0, fmt.Errorf("growth from %d: %w", p.From, err)
		}
	}
	return len(made.Inclusion) + len(made.Consistency), nil
}

func parse(texts []string) []tlog.Hash {
	hashes := make([]tlog.Hash, len(texts))
	for i, text := range texts {
		raw, _ := base64.StdEncoding.DecodeString(text)
		copy(hashes[i][:], raw)
	}
	return hashes
}

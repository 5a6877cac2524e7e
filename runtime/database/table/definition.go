package table

// A Definition describes a column independently of the database.
type Definition struct {
	Name       string
	Type       Type
	Size       int // of a String: its longest value, in characters
	PrimaryKey bool
	Optional   bool     // null is allowed
	Default    any      // nil, or a bool, int64, float64, string, column.Date or time.Time
	Bounds     []Bound  // of a number, or of the length of a text in characters
	Values     []string // of an Enum
	Parent     string   // of a Ref: the referenced table
	Cascade    bool     // of a Ref: rows are deleted with their parent, which otherwise cannot be deleted
	Err        error    // the first error in building the column
}

// A Type is the type of a column. Each dialect maps it to SQL.
type Type int

// The types, named after their constructors.
const (
	IDType Type = iota
	RefType
	StringType
	TextType
	IntType
	BigIntType
	FloatType
	DecimalType
	BoolType
	DateType
	DateTimeType
	JSONType
	EnumType
)

// A Bound is a limit on the values of a column, such as >= 1.
type Bound struct {
	Operator string // >=, >, <= or <
	Value    any    // int64 or float64
}

// base is embedded in every column. Its methods return copies, so that columns can be shared.
type base struct{ def Definition }

// Definition implements Column.
func (b base) Definition() Definition { return b.def }

func (base) isPart() {}

func (b base) optional() base {
	b.def.Optional = true
	return b
}

func (b base) bounded(operator string, value any) base {
	b.def.Bounds = append(b.def.Bounds[:len(b.def.Bounds):len(b.def.Bounds)], Bound{operator, value})
	return b
}

func (b base) defaulting(value any) base {
	b.def.Default = value
	return b
}

func (b base) failing(err error) base {
	if b.def.Err == nil {
		b.def.Err = err
	}
	return b
}
